"""Editions of minutes: content, consultation, approval, publication, papers, distribution."""
