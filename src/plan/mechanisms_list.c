/* Mechanisms that suit a type of campaign, the best first, with their usual parameters and the handbook's reason.
 * "300:50" gives 50 off from 300 on; steps stand behind each other. Amounts are in major units of the plan's currency. */
#include "plan/actions.h"

#define REASON_PEAK "stepped promotions and themes for the peak", "旺季阶梯促销与主题活动"
#define REASON_NODE "theme and stepped gifts that fit the node", "主题与阶梯赠礼契合节点"
#define REASON_PULL "defends share of mature products", "成熟产品以促销拉动守住份额"
#define REASON_TRY  "lets new products be tried and talked of", "新品重在体验与口碑"
#define REASON_GROW "wins customers of emerging markets at low cost", "新兴市场低成本拉新"
#define REASON_KEEP "keeps customers in the off season at low cost", "淡季低成本留住顾客"

const cpn_mechanism cpn_plan_mechanisms[] = {
    { CPN_BURSTS, "spend_and_save", "AP11", "300:50;600:120", "Stepped spend-and-save", "阶梯满减", REASON_PEAK },
    { CPN_BURSTS, "coupon_on_top", "AP11", NULL, "Coupon on top", "叠加优惠券", REASON_PEAK },
    { CPN_BURSTS, "flash_sale", "AP11", "hours=2", "Flash sale", "限时秒杀", REASON_PEAK },
    { CPN_BURSTS, "graded_gifts", "AP11", "500:basic_gift;1000:limited_box", "Graded gifts", "分级赠品", REASON_PEAK },
    { CPN_BURSTS, "theme_week", "AP11", "days=7", "Themed shopping week", "主题购物周", REASON_PEAK },
    { CPN_BURSTS, "deposit_inflation", "PX8", "50:100", "Presale, deposit counts double", "预售定金膨胀", REASON_PEAK },
    { CPN_BURSTS, "encore_sale", "PX8", NULL, "Encore sale", "返场", REASON_PEAK },
    { CPN_AT_NODES, "stepped_gifts", "AP13", "1000:gift_box;2000:free_order_coupon", "Stepped gifts", "阶梯赠礼",
      REASON_NODE },
    { CPN_AT_NODES, "interactive_game", "AP13", NULL, "Interactive game", "互动游戏", REASON_NODE },
    { CPN_NODES, "spend_and_save", "PX10", "100:10;200:30", "Stepped spend-and-save", "阶梯满减", REASON_NODE },
    { CPN_PULLS, "spend_and_save", "PX10", "100:10;200:30", "Stepped spend-and-save", "阶梯满减", REASON_PULL },
    { CPN_PULLS, "member_discount", "PX8", "5%", "Member discount on top", "会员折上折", REASON_PULL },
    { CPN_PULLS, "bundle", "PX8", NULL, "Bundles", "组合套装", REASON_PULL },
    { CPN_PULLS, "add_on_purchase", "PX8", NULL, "Add-on purchase", "加价换购", REASON_PULL },
    { CPN_PULLS, "buy_one_get_one", "PX8", NULL, "Buy one, get one", "买一赠一", REASON_PULL },
    { CPN_EXPERIENCES, "trial", "AP2", NULL, "Trial of new products", "新品体验", REASON_TRY },
    { CPN_EXPERIENCES, "share_for_coupon", "PX8", NULL, "Share for a coupon", "分享得券", REASON_TRY },
    { CPN_EXPERIENCES, "blind_box", "PX8", NULL, "Blind box", "盲盒", REASON_TRY },
    { CPN_ACQUISITIONS, "invite_ladder", "PX8", "3:coupon;5:free_shipping", "Invite ladder", "邀请阶梯", REASON_GROW },
    { CPN_ACQUISITIONS, "group_bargain", "PX8", NULL, "Group bargain", "拼团砍价", REASON_GROW },
    { CPN_ACQUISITIONS, "limited_time_claim", "PX8", NULL, "Limited-time claim", "限时领取", REASON_GROW },
    { CPN_CARES, "old_customer_discount", "AP12", NULL, "Old-customer discount", "老客户专属优惠", REASON_KEEP },
    { CPN_CARES, "free_home_service", "AP12", NULL, "Free home service", "免费上门服务", REASON_KEEP },
    { CPN_CARES, "trial_officers", "AP12", NULL, "Trial officers for new products", "新品体验官", REASON_KEEP },
    { CPN_CARES, "check_in", "AP12", NULL, "Check-in", "打卡", REASON_KEEP },
    { CPN_CARES, "group_lottery", "AP12", NULL, "Group lottery", "社群抽奖", REASON_KEEP },
    { CPN_CARES, "member_day", "PX8", "points=2", "Member day with double points", "会员日双倍积分", REASON_KEEP },
};
const int32_t cpn_plan_n_mechanisms = sizeof cpn_plan_mechanisms / sizeof *cpn_plan_mechanisms;
