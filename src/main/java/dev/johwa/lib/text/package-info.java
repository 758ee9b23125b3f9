/// Text for people: near names, and secrets that must not be seen.
///
/// Face: [Near], [Mask], [Cut]. Must never know what a text is about.
@NullMarked
package dev.johwa.lib.text;

import org.jspecify.annotations.NullMarked;
