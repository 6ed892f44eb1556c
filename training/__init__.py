"""Trains, measures and exports the emotion classifier."""
