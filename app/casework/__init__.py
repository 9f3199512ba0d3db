"""What a case comes to, whoever asks: entries, drafts, outcomes, comparisons. Without Qt."""
