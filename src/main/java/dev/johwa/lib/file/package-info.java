/// Trees of files on the disk, whatever programs left in them.
///
/// Face: [Trees], [Search], [Frames]. Symbolic links are never followed. Must never know what the files are for.
@NullMarked
package dev.johwa.lib.file;

import org.jspecify.annotations.NullMarked;
