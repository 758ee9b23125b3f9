package dev.johwa.source.eject;

/// The configuration of nginx that answers for a folder of files as the platform does.
final class SiteText {
    /// nginx by its makers, which needs no root.
    static final String IMAGE = "nginxinc/nginx-unprivileged:1.28-alpine";

    private SiteText() {}

    /// @param isFallback whether unknown paths get index.html
    /// @param isWhole whether this file itself lies in the folder that is served
    static String of(boolean isFallback, boolean isWhole) {
        var own = isWhole ? """

                    location = /nginx.conf {
                        return 404;
                    }
                """ : "";
        return """
                server {
                    listen 8080;
                    root /usr/share/nginx/html;
                    absolute_redirect off;
                    error_page 404 /404.html;

                    location / {
                        try_files $uri $uri/index.html $uri.html %s;
                    }
                %s
                    location ~ /\\.(?!well-known/) {
                        return 404;
                    }
                }
                """.formatted(isFallback ? "/index.html" : "=404", own);
    }
}
