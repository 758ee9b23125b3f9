/// Who someone is and what they may do.
///
/// Face: [Tokens], [Sessions], [Identity], [Permission]. Tokens and sessions are stored hashed; deny by default. Must
/// never know doors.
@NullMarked
package dev.johwa.source.identity;

import org.jspecify.annotations.NullMarked;
