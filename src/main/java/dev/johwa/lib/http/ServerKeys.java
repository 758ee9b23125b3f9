package dev.johwa.lib.http;

import java.net.Socket;
import java.security.Principal;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Keys of a server that chooses its certificate while a connection begins: what is left of the JDK's question when
/// everything about clients and about sockets of the JDK is taken away.
public abstract class ServerKeys extends X509ExtendedKeyManager {
    /// @param keyType as the JDK names kinds of keys: `EC`, `RSA`, `EC_EC` in older versions of TLS
    /// @param name which the client asks for, in lower case; empty when it names none
    /// @param application protocol within the connection, empty when there was no word of it
    /// @return the alias under which chain and key are asked for, null when there is none
    protected abstract @Nullable String choose(String keyType, String name, String application);

    @Override
    public final @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        var application = engine.getHandshakeApplicationProtocol();
        return choose(keyType, name(engine), application == null ? "" : application);
    }

    private static String name(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (var asked : session.getRequestedServerNames()) {
                if (asked instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return "";
    }

    @Override
    public final String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public final @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public final String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public final @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
