/// JSON of records, the same everywhere.
///
/// Face: [Json]. Times are RFC 3339, what is absent is left out, fields that nobody knows are passed over.
@NullMarked
package dev.johwa.lib.json;

import org.jspecify.annotations.NullMarked;
