/// Git hosts elsewhere, where the home of a project may be: GitHub, GitLab, Gitea, or any git address.
///
/// Face: [Connections], [Connection], [Reports], [Tracker]. a doorbell (a signed webhook, or time that has passed) → a
/// look at the host → what moved is fetched by real git → it goes the road of a push. A webhook is believed for
/// nothing but that it rang: what is there now, the host itself says. Must never know what follows a push, nor who
/// looks on.
@NullMarked
package dev.johwa.source.host;

import org.jspecify.annotations.NullMarked;
