// Lists come as text, because an environment variable holds nothing else.

@export()
@description('What stands between the commas of a text, each once: a comma too many names nothing.')
func namesIn(text string) string[] => union(filter(split(replace(text, ' ', ''), ','), name => !empty(name)), [])
