"""What the office is promised about its data, proved on the program's own service layer.

``python3 tasks.py bench reliability [NAME ...]`` runs all of it and writes the figures into
docs/RELIABILITY.md; ``tests/reliability`` runs a short share of each part with every test run.

How it is put together:

* ``places``   makes the practice place everything happens in, and offices to copy it from.
* ``witness``  a Desk that tells of every commit (an *acknowledgement*) once it has happened, and
  the work of a counter that is done on it.
* ``proving``  takes a place and what was acknowledged and gives what is wrong: ``faults()``.
* ``crowd``    processes that work in a place at once and are killed.
* ``tracing`` and ``disk``  record what any program asks of the file system and rebuild the disks a
  power cut could have left; their docstrings say how another part is plugged in.
* the parts themselves, one module each: ``kills``, ``power_cut`` (with ``keeping``), ``numbering``,
  ``retries``, ``full_disk``, ``bit_rot``, ``tampering``, ``copying``. Each has
  ``measure() -> list[Figure]``.
"""
