import Config

config :weather, stations: ["north", "south"], limits: %{low: -5, high: 30}
config :logger, level: :info
config :logger, :console, format: "[$level] $message\n", colors: [enabled: false]
