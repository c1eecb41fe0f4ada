defmodule Weather.MixProject do
  use Mix.Project

  def project, do: [app: :weather, version: "0.1.0", elixir: "~> 1.14", deps: []]

  def application, do: [extra_applications: [:logger], mod: {Weather.Application, [:argument]}]
end
