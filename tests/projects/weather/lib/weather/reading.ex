defprotocol Weather.Describe do
  def describe(value)
end

defmodule Weather.Reading do
  @enforce_keys [:degrees]
  defstruct [:degrees, on: ~D[2024-02-28]]

  defimpl Weather.Describe do
    def describe(reading), do: "#{reading.degrees} degrees on #{reading.on}"
  end

  defimpl String.Chars do
    def to_string(reading), do: "<#{reading.degrees}>"
  end
end

defimpl Weather.Describe, for: List do
  def describe(list), do: Enum.map_join(list, ", ", &Weather.Describe.describe/1)
end
