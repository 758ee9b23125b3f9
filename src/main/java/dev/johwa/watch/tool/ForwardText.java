package dev.johwa.watch.tool;

/// How shippers of logs bring lines to this platform's forward port, at least once, kept on their disk meanwhile.
final class ForwardText {
    /// The port of Fluentd's forward protocol.
    private static final int PORT = 24224;

    private ForwardText() {}

    /// Source of the form: docs.fluentd.org/output/forward.
    static String fluentd(Watched watched) {
        return """
                # Made by `johwa eject --to fluentd`. Tags begin with the project: %1$s.NAME
                # The server listens with `johwa up --forward 0.0.0.0:%3$d --forward-key FILE`.
                <match %1$s.**>
                  @type forward
                  require_ack_response true
                  compress gzip
                  <server>
                    host %2$s
                    port %3$d
                  </server>
                  <security>
                    self_hostname "#{Socket.gethostname}"
                    shared_key "#{ENV['JOHWA_FORWARD_KEY']}"
                  </security>
                  <buffer>
                    @type file
                    path /var/log/fluent/johwa-%1$s
                    flush_interval 1s
                    retry_forever true
                  </buffer>
                </match>
                """.formatted(watched.project(), watched.host(), PORT);
    }

    /// Source of the form: docs.fluentbit.io, YAML configuration and output forward.
    static String fluentBit(Watched watched) {
        return """
                # Made by `johwa eject --to fluent-bit`. Tags begin with the project: %1$s.NAME
                # The server listens with `johwa up --forward 0.0.0.0:%3$d --forward-key FILE`.
                service:
                  storage.path: /var/lib/fluent-bit/johwa
                pipeline:
                  inputs:
                    - name: tail
                      path: /var/log/%1$s/*.log
                      tag: %1$s.app
                      storage.type: filesystem
                  outputs:
                    - name: forward
                      match: '%1$s.*'
                      host: %2$s
                      port: %3$d
                      require_ack_response: true
                      compress: gzip
                      shared_key: ${JOHWA_FORWARD_KEY}
                      self_hostname: ${HOSTNAME}
                      retry_limit: no_limits
                """.formatted(watched.project(), watched.host(), PORT);
    }

    /// Vector has no sink for the forward protocol, so its lines come by OTLP. Source of the form:
    /// vector.dev/docs/reference/configuration/sinks/opentelemetry.
    static String vector(Watched watched) {
        return """
                # Made by `johwa eject --to vector`. JOHWA_TOKEN is a token of this server.
                sources:
                  %1$s:
                    type: file
                    include: [/var/log/%1$s/*.log]
                transforms:
                  %1$s_otlp:
                    type: remap
                    inputs: [%1$s]
                    source: |
                      line = {"timeUnixNano": to_unix_timestamp!(.timestamp, unit: "nanoseconds"), \
                "body": {"stringValue": string!(.message)}}
                      . = {"resourceLogs": [{"resource": {"attributes": [{"key": "service.name", \
                "value": {"stringValue": "%1$s"}}]}, "scopeLogs": [{"logRecords": [line]}]}]}
                sinks:
                  johwa:
                    type: opentelemetry
                    inputs: [%1$s_otlp]
                    protocol:
                      type: http
                      uri: %2$s/v1/logs
                      method: post
                      encoding:
                        codec: json
                      request:
                        headers:
                          Authorization: Bearer ${JOHWA_TOKEN}
                          Content-Type: application/json
                """.formatted(watched.project(), watched.server().toString().replaceFirst("/$", ""));
    }
}
