"""The label of every block.

Kernels read a batch in this order: `phrases` of lexicons and shapes of every block, the rules of `verdict`; `signals`,
`flags`, `surroundings` and `sections` of every line; what `trees` say of these columns; `verdict`, from all to a label.
"""
