import Config

config :orchard, place: System.get_env("ORCHARD_PLACE", "hill")
