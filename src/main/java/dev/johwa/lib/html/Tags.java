package dev.johwa.lib.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The words that pages are written in: a function for each element, and what joins them.
public final class Tags {
    private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "img", "hr");
    private static final Html NOTHING = new Html.Row(List.of());

    private Tags() {}

    static boolean isVoid(String tag) {
        return VOID.contains(tag);
    }

    /// Any element.
    public static Html.Element element(String tag, Piece... pieces) {
        var attributes = new ArrayList<Attribute>();
        var content = new ArrayList<Html>();
        for (var piece : pieces) {
            switch (piece) {
                case Attribute attribute -> attributes.add(attribute);
                case Html html -> content.add(html);
            }
        }
        return new Html.Element(tag, attributes, content);
    }

    public static Html text(String words) {
        return new Html.Text(words);
    }

    public static Html text(long number) {
        return new Html.Text(Long.toString(number));
    }

    public static Html nothing() {
        return NOTHING;
    }

    public static Html row(Html... parts) {
        return new Html.Row(List.of(parts));
    }

    public static <T> Html each(Iterable<T> things, Function<T, ? extends Html> shown) {
        var parts = new ArrayList<Html>();
        things.forEach(thing -> parts.add(shown.apply(thing)));
        return new Html.Row(parts);
    }

    public static <T> Html each(Stream<T> things, Function<T, ? extends Html> shown) {
        return each(things.toList(), shown);
    }

    /// Only where it holds.
    public static Html when(boolean holds, Supplier<? extends Html> shown) {
        return holds ? shown.get() : NOTHING;
    }

    /// Only where there is one.
    public static <T> Html when(Optional<T> thing, Function<T, ? extends Html> shown) {
        return thing.isPresent() ? shown.apply(thing.get()) : NOTHING;
    }

    public static Attribute attribute(String name, String value) {
        return new Attribute(name, value);
    }

    public static Attribute attribute(String name, long value) {
        return new Attribute(name, Long.toString(value));
    }

    /// An attribute that is there or not.
    public static Attribute flag(String name) {
        return new Attribute(name, "");
    }

    public static Attribute styled(String names) {
        return new Attribute("class", names);
    }

    public static Attribute id(String name) {
        return new Attribute("id", name);
    }

    public static Attribute href(String address) {
        return new Attribute("href", address);
    }

    public static Html.Element html(Piece... pieces) {
        return element("html", pieces);
    }

    public static Html.Element head(Piece... pieces) {
        return element("head", pieces);
    }

    public static Html.Element title(Piece... pieces) {
        return element("title", pieces);
    }

    public static Html.Element body(Piece... pieces) {
        return element("body", pieces);
    }

    public static Html.Element header(Piece... pieces) {
        return element("header", pieces);
    }

    public static Html.Element main(Piece... pieces) {
        return element("main", pieces);
    }

    public static Html.Element footer(Piece... pieces) {
        return element("footer", pieces);
    }

    public static Html.Element nav(Piece... pieces) {
        return element("nav", pieces);
    }

    public static Html.Element section(Piece... pieces) {
        return element("section", pieces);
    }

    public static Html.Element article(Piece... pieces) {
        return element("article", pieces);
    }

    public static Html.Element aside(Piece... pieces) {
        return element("aside", pieces);
    }

    public static Html.Element h1(Piece... pieces) {
        return element("h1", pieces);
    }

    public static Html.Element h2(Piece... pieces) {
        return element("h2", pieces);
    }

    public static Html.Element h3(Piece... pieces) {
        return element("h3", pieces);
    }

    public static Html.Element p(Piece... pieces) {
        return element("p", pieces);
    }

    public static Html.Element div(Piece... pieces) {
        return element("div", pieces);
    }

    public static Html.Element span(Piece... pieces) {
        return element("span", pieces);
    }

    public static Html.Element a(Piece... pieces) {
        return element("a", pieces);
    }

    public static Html.Element strong(Piece... pieces) {
        return element("strong", pieces);
    }

    public static Html.Element small(Piece... pieces) {
        return element("small", pieces);
    }

    public static Html.Element em(Piece... pieces) {
        return element("em", pieces);
    }

    public static Html.Element code(Piece... pieces) {
        return element("code", pieces);
    }

    public static Html.Element pre(Piece... pieces) {
        return element("pre", pieces);
    }

    public static Html.Element time(Piece... pieces) {
        return element("time", pieces);
    }

    public static Html.Element ul(Piece... pieces) {
        return element("ul", pieces);
    }

    public static Html.Element ol(Piece... pieces) {
        return element("ol", pieces);
    }

    public static Html.Element li(Piece... pieces) {
        return element("li", pieces);
    }

    public static Html.Element dl(Piece... pieces) {
        return element("dl", pieces);
    }

    public static Html.Element dt(Piece... pieces) {
        return element("dt", pieces);
    }

    public static Html.Element dd(Piece... pieces) {
        return element("dd", pieces);
    }

    public static Html.Element table(Piece... pieces) {
        return element("table", pieces);
    }

    public static Html.Element caption(Piece... pieces) {
        return element("caption", pieces);
    }

    public static Html.Element thead(Piece... pieces) {
        return element("thead", pieces);
    }

    public static Html.Element tbody(Piece... pieces) {
        return element("tbody", pieces);
    }

    public static Html.Element tr(Piece... pieces) {
        return element("tr", pieces);
    }

    public static Html.Element th(Piece... pieces) {
        return element("th", pieces);
    }

    public static Html.Element td(Piece... pieces) {
        return element("td", pieces);
    }

    public static Html.Element form(Piece... pieces) {
        return element("form", pieces);
    }

    public static Html.Element label(Piece... pieces) {
        return element("label", pieces);
    }

    public static Html.Element button(Piece... pieces) {
        return element("button", pieces);
    }

    public static Html.Element input(Piece... pieces) {
        return element("input", pieces);
    }

    public static Html.Element select(Piece... pieces) {
        return element("select", pieces);
    }

    public static Html.Element option(Piece... pieces) {
        return element("option", pieces);
    }

    public static Html.Element details(Piece... pieces) {
        return element("details", pieces);
    }

    public static Html.Element summary(Piece... pieces) {
        return element("summary", pieces);
    }

    public static Html.Element fieldset(Piece... pieces) {
        return element("fieldset", pieces);
    }

    public static Html.Element legend(Piece... pieces) {
        return element("legend", pieces);
    }

    public static Html.Element meta(Piece... pieces) {
        return element("meta", pieces);
    }

    public static Html.Element link(Piece... pieces) {
        return element("link", pieces);
    }

    public static Html.Element script(Piece... pieces) {
        return element("script", pieces);
    }

    public static Html.Element svg(Piece... pieces) {
        return element("svg", pieces);
    }

    public static Html.Element textarea(Piece... pieces) {
        return element("textarea", pieces);
    }

    /// One of several parts, by its id.
    ///
    /// @throws NullPointerException when there is none of that id
    public static Html part(Map<String, Html> parts, String id) {
        return Objects.requireNonNull(parts.get(id), id);
    }
}
