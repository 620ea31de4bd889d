"""Proofs that anybody can repeat: ``bin/buendnisnetz prove kill | axe | sizes``."""
