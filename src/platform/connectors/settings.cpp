#include "platform/connectors/settings.hpp"

namespace connectors {

std::span<const base::Setting> settings()
{
    static constexpr base::Setting all[] = {
        {"connectors.patience", "10s", "How long a business system may take for one answer."},
    };
    return all;
}

}  // namespace connectors
