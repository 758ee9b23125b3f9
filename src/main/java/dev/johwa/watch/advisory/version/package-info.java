/// Versions of packages, as each ecosystem orders them.
///
/// Face: [Scheme], [Version]. text → [Scheme#parse] → a [Version] that compares with others of its scheme, or nothing
/// where the text is no version there. Must never know advisories.
@NullMarked
package dev.johwa.watch.advisory.version;

import org.jspecify.annotations.NullMarked;
