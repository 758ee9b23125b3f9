package dev.johwa.source.host.played;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A part of an API: which operations it answers, and how.
interface Part {
    /// @return by the ids of operations in the description
    Map<String, Handler> handlers();

    interface Handler {
        /// @param path what the path says for each name of its template
        Answer answer(Call call, Map<String, String> path);
    }

    /// The page of a list that is asked for, with the links to the others.
    static Answer page(Call call, List<? extends JsonNode> all) {
        int size = call.number("per_page", 30);
        int page = call.number("page", 1);
        var array = JsonNodeFactory.instance.arrayNode();
        all.stream().skip((long) (page - 1) * size).limit(size).forEach(array::add);
        var answer = Answer.of(200, array);
        var address = "http://" + call.header("Host") + "/api/v3" + call.path() + "?per_page=" + size + "&page=";
        return page * size < all.size() ? answer.with("Link", "<" + address + (page + 1) + ">; rel=\"next\"") : answer;
    }

    /// A list inside of an object that counts it.
    static Answer counted(String name, List<? extends JsonNode> all) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("total_count", all.size());
        body.putArray(name).addAll(all);
        return Answer.of(200, body);
    }
}
