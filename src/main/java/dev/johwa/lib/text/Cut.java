package dev.johwa.lib.text;

/// Where a text that is too long for one piece may be cut, so that nothing to be hidden lies on both sides.
public interface Cut {
    /// How much of the text may be told before it is known what follows; 0 when nothing may.
    int end(String text);

    /// From where on the text may be told before it is known what stands before it.
    int start(String text);

    /// Everywhere.
    static Cut anywhere() {
        return new Cut() {
            @Override
            public int end(String text) {
                return text.length();
            }

            @Override
            public int start(String text) {
                return 0;
            }
        };
    }
}
