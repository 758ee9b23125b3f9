/// What is in an artifact: packages by their purls, with their licences, as CycloneDX writes it.
///
/// Face: [Bills], [Bill], [Component], [Ecosystem]. layers of an artifact → lock files and what is installed, file by
/// file, the last layer last → components in the order of their purls → CycloneDX 1.6, the same bytes for the same
/// artifact. A file that cannot be read is a warning. Must never know releases or who publishes vulnerabilities.
@NullMarked
package dev.johwa.build.bill;

import org.jspecify.annotations.NullMarked;
