"""How the window looks: colors, style sheet, icons. Uses none of Aldesk's own widgets."""
