"""The same work on engines that exist: Spark, datatrove, and whatever passes Arrow tables (Hugging Face datasets, Ray).

Thin on purpose: an engine moves shards or tables, `bilingual.batch` does the work, so answers and bytes are the same.
"""
