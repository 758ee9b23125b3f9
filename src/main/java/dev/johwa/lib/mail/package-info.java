/// Mail, handed over to a server that brings it on.
///
/// Face: [MailServer], [Mail], [Handover]. A letter in two forms, text and HTML → the server of the sender, by STARTTLS
/// or TLS → its answer. Must never know what letters are about.
@NullMarked
package dev.johwa.lib.mail;

import org.jspecify.annotations.NullMarked;
