"""How the window looks: colors, style sheet, icons. Knows no widget of Aldesk's own."""
