package dev.tidemark.backbone.gateway;

import dev.tidemark.model.Names;

/** The body of {@code PUT /v1/projects/{project}}: what is absent stays as it was. */
final class PolicyRequest {
    private PolicyRequest() {}

    /**
     * @return the policy as Admit reads it
     * @throws Problem if it is malformed
     */
    static String checked(String body) {
        if (body.isBlank()) return "{}";
        try (JsonText json = new JsonText(body)) {
            json.wholeObject((name, at) -> {
                switch (name) {
                    case "paused" -> json.flag(at);
                    case "filterable" -> json.object(at, (type, fields) -> fields(json, type, fields));
                    default -> throw Problem.invalid(at, "is no policy; there are paused and filterable");
                }
            });
        }
        return body;
    }

    private static void fields(JsonText json, String type, String at) {
        PushRequest.Valid.name(at, type);
        json.array(at, each -> {
            if (!Names.isKey(json.string(each)))
                throw Problem.invalid(each, "must be the name of a field: 1 to 1,024 bytes of valid Unicode");
        });
    }
}
