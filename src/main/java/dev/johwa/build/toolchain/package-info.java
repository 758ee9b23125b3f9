/// Runtimes that projects ask for and the machine does not have, fetched from the registries that serve them.
///
/// Face: [ToolStore]. What is missing → newest version that would do → fetched by the registry's own client, in a
/// sandbox, checked by its digest → moved into the store at once. A version has one digest for good: the first one is
/// written down before anything is used. Must never know projects, runs, or what a runtime is used for.
@NullMarked
package dev.johwa.build.toolchain;

import org.jspecify.annotations.NullMarked;
