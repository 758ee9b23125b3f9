/// Known vulnerabilities of what is in artifacts, by an export of OSV that the operator put into a folder.
///
/// Face: [Advisories], [Judgement], [Vulnerability], [Severity]. folder → [Export], one advisory after the other →
/// [Entry] for each package that it names → an index on the disk, made once for each change of the folder. Bill →
/// entries of its packages → versions compared as their ecosystem orders them → joined by aliases. What cannot be
/// compared is told, never taken for safe. Nothing is fetched, and nothing read at start. Must never know releases.
@NullMarked
package dev.johwa.watch.advisory;

import org.jspecify.annotations.NullMarked;
