/// Names that people point here, and their certificates.
///
/// Face: [Domains], and [SelfMade] for who needs no more. Completes the edge's table: the control plane under its own
/// name, certificates of all names, from
/// files in one folder. Knows the table of the edge; must never know what a release is.
@NullMarked
package dev.johwa.serve.domain;

import org.jspecify.annotations.NullMarked;
