"""The desktop app: the only place that knows Qt. It shows what the core computes."""
