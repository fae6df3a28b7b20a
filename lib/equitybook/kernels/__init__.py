"""Kernels that begin with everything imported.

A cold kernel spends two seconds on imports before a page's first cell runs. Here one process, the *zygote*, imports what every
workbook needs and opens nothing: no socket of a kernel, no thread, no database. For each kernel it forks; the child takes on the
environment, folder and output it was asked to have and becomes an ordinary ipykernel.

``fork_server``  the owner's side: starts the zygote, starts it anew, ends it
``client``       talks to a kernel as soon as it is there
``provisioner``  how Jupyter comes to such a kernel, and to an ordinary one where there is none to be had
``zygote``       the process that forks, and buries what it forked
``warm``         what it has imported and done once
``child``        from a forked process to a kernel
``naming``       what it is called in lists of processes
``wire``         what the three say to each other

Kernels share nothing but code: a request is read by the child that will be the kernel, never by the zygote, so no other kernel is
forked from memory that has held it.
"""
