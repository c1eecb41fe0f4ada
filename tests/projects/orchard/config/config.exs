import Config

config :orchard, trees: [apple: 3, pear: 2, plum: 4]
config :logger, :console, format: "[$level] $message $metadata\n", metadata: [:tree], colors: [enabled: false]
config :logger, :default_formatter, format: "[$level] $message $metadata\n", metadata: [:tree], colors: [enabled: false]
config :logger, level: :info
