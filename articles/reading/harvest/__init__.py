"""
The library for harvesters: the Open Archives protocol, OAI-PMH 2.0.

A request is read, rows are asked for, and elements are written; who may send stored
bytes hands them in.
"""
