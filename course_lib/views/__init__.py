"""Pictures of values, as text and as HTML."""
