/// Data that stays: databases of apps, on servers of this machine that outlive the control plane.
///
/// Face: [Data], [DataPorts], [Owner], [Kind], [AppDatabase], [DataStatus], [Contained], [Beside]. A kind and an owner
/// →
/// a server that runs, a database and a role in it, an address under the name that the app reads. One server for each
/// kind and major version, as a user of its own; what is a service of a compose file is asked in its container, by
/// [Beside]. Must never know releases, instances or routes.
@NullMarked
package dev.johwa.serve.data;

import org.jspecify.annotations.NullMarked;
