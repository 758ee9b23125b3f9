package dev.johwa.door.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One way in: where, for whom, and what happens. It describes itself for the OpenAPI document.
///
/// @param method `GET`, `POST`, …
/// @param path with names in braces; `{project}` decides whose permission counts
/// @param summary one line for the description
record Route(String method, String path, Access access, String summary, Handling handling, Shape shape) {

    /// What happens.
    @FunctionalInterface
    interface Handling {
        void handle(Call call) throws Exception;
    }

    /// What goes in and out.
    ///
    /// @param query names of query parameters with their meaning
    /// @param takes records that the body may be; none for no body
    /// @param gives the record of the answer, or `Void` when it is none of JSON
    record Shape(Map<String, String> query, List<Class<?>> takes, Class<?> gives, int status) {}

    static Route get(String path, Access access, String summary, Handling handling) {
        return of("GET", path, access, summary, handling);
    }

    static Route post(String path, Access access, String summary, Handling handling) {
        return of("POST", path, access, summary, handling);
    }

    static Route delete(String path, Access access, String summary, Handling handling) {
        return of("DELETE", path, access, summary, handling);
    }

    static Route of(String method, String path, Access access, String summary, Handling handling) {
        return new Route(method, path, access, summary, handling, new Shape(Map.of(), List.of(), Void.class, 200));
    }

    Route query(String name, String meaning) {
        var all = new LinkedHashMap<>(shape.query());
        all.put(name, meaning);
        return with(new Shape(all, shape.takes(), shape.gives(), shape.status()));
    }

    Route takes(Class<?> type) {
        var all = new ArrayList<>(shape.takes());
        all.add(type);
        return with(new Shape(shape.query(), all, shape.gives(), shape.status()));
    }

    Route gives(Class<?> type) {
        return gives(shape.status(), type);
    }

    Route gives(int status, Class<?> type) {
        return with(new Shape(shape.query(), shape.takes(), type, status));
    }

    private Route with(Shape other) {
        return new Route(method, path, access, summary, handling, other);
    }
}
