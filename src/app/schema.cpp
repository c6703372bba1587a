#include "app/schema.hpp"

#include "features/ordering/resources.hpp"
#include "kit/jobs/resources.hpp"
#include "kit/mail/resources.hpp"
#include "platform/cases/resources.hpp"
#include "platform/catalog/resources.hpp"
#include "platform/clients/resources.hpp"
#include "platform/connectors/resources.hpp"
#include "platform/documents/resources.hpp"
#include "platform/identity/resources.hpp"
#include "platform/payments/resources.hpp"
#include "platform/tenancy/resources.hpp"
#include "platform/webhooks/resources.hpp"
#include "process/runtime/resources.hpp"

namespace app {

std::vector<sql::Migration> all_migrations()
{
    std::vector<sql::Migration> all;
    for (const auto room :
         {jobs::resources::migrations(),
          mail::resources::migrations(),
          runtime::resources::migrations(),
          tenancy::resources::migrations(),
          identity::resources::migrations(),
          clients::resources::migrations(),
          webhooks::resources::migrations(),
          catalog::resources::migrations(),
          cases::resources::migrations(),
          payments::resources::migrations(),
          documents::resources::migrations(),
          connectors::resources::migrations(),
          ordering::resources::migrations()})
        all.insert(all.end(), room.begin(), room.end());
    return all;
}

}  // namespace app
