/// Johwa itself as something to install: an archive, a Debian package, an image.
///
/// Face: [PackageCommand], [Archive]. Must never know what a running platform holds.
/// the program's folder + a linked Java runtime → [Program] → archive, [DebianPackage], [ImageLayout] → `SHA256SUMS`.
@NullMarked
package dev.johwa.main.ship;

import org.jspecify.annotations.NullMarked;
