/// JSON of records, the same everywhere.
///
/// Face: [Json]. Times are RFC 3339, what is absent is left out, fields that nobody knows are passed over. [Records] is
/// the same for plain records of a process that has to be small: the edge.
@NullMarked
package dev.johwa.lib.json;

import org.jspecify.annotations.NullMarked;
