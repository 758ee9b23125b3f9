/// Copies of the platform to come back from: made while it works, each sharing with those before what did not change,
/// and brought back into an empty folder.
///
/// Face: [Backups], [BackupPorts], [Part], [Places], [Restore]. Parts of the data folder → chunks named by their
/// digests and a manifest that names them, whole or not there. Must never know what is in the parts.
@NullMarked
package dev.johwa.serve.backup;

import org.jspecify.annotations.NullMarked;
