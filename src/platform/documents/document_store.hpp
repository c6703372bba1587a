#pragma once

#include "kit/sql/database.hpp"
#include "platform/documents/documents.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace documents {

// What is kept beside the document itself.
struct Keeping {
    std::string made_by;
    sql::Blob content;  // sealed
    std::string sha256;
    std::string code_index;
};

// The table of documents, of the transaction's tenant; the only file that knows it.
class DocumentStore {
public:
    explicit DocumentStore(sql::Transaction& transaction);

    bool try_add(const Document& document, const Keeping& keeping);  // false: `made_by` has one already
    std::optional<Document> find(const DocumentId& id);
    std::optional<Document> find_by_key(std::string_view made_by);
    std::vector<Document> of_case(const cases::CaseId& id);
    std::optional<sql::Blob> content(const DocumentId& id);
    bool change_state(const DocumentId& id, State state);

    // Of all tenants: the transaction spans them.
    std::optional<Document> find_by_code(std::string_view code_index);
    std::int64_t purge_issued_before(base::Instant moment);

private:
    sql::Transaction& transaction_;
};

}  // namespace documents
