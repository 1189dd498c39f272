"""What sets of words are called in the description of the API, where the program would guess."""

ENUM_NAMES = {
    "AuthorityTierEnum": "authorities.models.AuthorityTier",
    "AuthorityTypeEnum": "authorities.models.AuthorityType",
    "BodyKindEnum": "authorities.models.BodyKind",
    "LevelEnum": "engagement.models.Level",
    "SideEnum": "engagement.models.Side",
    # Whether money is for prevention is told in the same words.
    "ResourcesEnum": "engagement.models.Resources",
    "LeverKindEnum": "engagement.models.LeverKind",
    "SectionEnum": "duty.models.Section",
    "AnswerStateEnum": "duty.models.AnswerState",
    "ReturnStateEnum": "duty.api.return_serializers.STATES",
    "ItemKindEnum": "outcomes.models.ItemKind",
    "JudgementEnum": "outcomes.models.Judgement",
    "CountStatusEnum": "outcomes.counts.CountStatus",
    "ThreeStepStandingEnum": "engagement.api.three_steps.STANDINGS",
    "CommitmentStatusEnum": "engagement.models.CommitmentStatus",
    "FinalStatusEnum": "engagement.api.commitment_serializers.FINAL_CHOICES",
    "SectionStateEnum": "duty.api.return_serializers.SECTION_STATES",
}
