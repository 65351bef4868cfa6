"""La memoria: capítulos, aportaciones, estados y lo que sale de ella."""
