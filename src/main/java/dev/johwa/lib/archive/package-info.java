/// Files written as one: tar, gzip, Debian's packages. Equal content gives equal bytes: no times, no owners, one order.
///
/// Face: [Contents], [Tar], [DebianArchive], [ParallelGzip], [ImageFiles]. Must never know what the files are for.
/// names with their content → [Contents] → a stream.
@NullMarked
package dev.johwa.lib.archive;

import org.jspecify.annotations.NullMarked;
