"""The care plan: its content, its planned services, its states, and what may stand in it."""
