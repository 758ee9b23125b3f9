/// Text for people: near names, sizes, names of files as they are and of hosts, columns of a
/// terminal, secrets that must not be seen, and texts of the program itself.
///
/// Face: [Near], [Few], [HostLabel], [Sizes], [RawNames], [Mask], [Cut], [Piece], [Frames], [Resource], [Bars],
/// [Passages], [Watched], [Width]. Must never know what a text is about.
@NullMarked
package dev.johwa.lib.text;

import org.jspecify.annotations.NullMarked;
