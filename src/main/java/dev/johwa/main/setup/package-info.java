/// Makes a server of an empty machine, from a laptop, over the person's own ssh; moves a platform to another one.
///
/// Face: [SetupCommand], [MoveCommand], [AnsibleFiles], [Looked]. address → [Ssh] (host key told and kept) → [Machine],
/// what it is and what speaks against it → [Step]s, each a condition and what makes it true, so that a second time
/// changes nothing → [Way], how the laptop reaches what was installed. A [Move] has two [Side]s, between which pieces
/// of
/// backups are carried (ADR 24). Must never know what the platform does once it runs.
@NullMarked
package dev.johwa.main.setup;

import org.jspecify.annotations.NullMarked;
